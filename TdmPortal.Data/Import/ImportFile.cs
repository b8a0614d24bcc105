using TdmPortal.Core.Learning;

namespace TdmPortal.Data.Import;

/// <summary>An uploaded file of an import, with what somebody chose about it.</summary>
/// <param name="Upload">In the vault, as long as it is there.</param>
/// <param name="Name">Its name without folder.</param>
/// <param name="Dialect">How it is read; null: that is found.</param>
/// <param name="Columns">Types that were chosen instead of those that were found.</param>
public sealed record ImportFile(Guid Upload, string Name, FileDialect? Dialect, IReadOnlyList<ChosenColumn> Columns);
