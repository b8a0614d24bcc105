namespace TdmPortal.Web.Home;

/// <summary>Something on the home page that waits for a person, with where to go.</summary>
/// <param name="Look">Empty for bad, <c>warn</c> for what can wait.</param>
public sealed record AttentionItem(string Look, string Icon, string Title, string Text, string Action, string Url);
