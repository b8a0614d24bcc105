using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Radzen;
using TdmPortal.Web.Errors;

namespace TdmPortal.Web.Controls;

/// <summary>Short notices at the corner of the page.</summary>
public sealed class Toasts(NotificationService notifications, TimeProvider clock, ILogger<Toasts> logger)
{
    public void Success(string text, string? detail = null) => Show(NotificationSeverity.Success, text, detail, 6);
    public void Info(string text, string? detail = null) => Show(NotificationSeverity.Info, text, detail, 6);
    public void Warning(string text, string? detail = null) => Show(NotificationSeverity.Warning, text, detail, 10);

    /// <summary>What failed, with what to do about it.</summary>
    public void Error(Exception exception)
    {
        var problem = ProblemFields.From(exception, ProblemFields.RequestIdOf(null), clock.GetUtcNow());
        if (problem.Status >= 500)
            logger.LogError(exception, "{Code} in an action, request {RequestId}", problem.ErrorCode, problem.RequestId);
        var detail = problem.SuggestedActions.Count == 0 ? problem.Message : problem.Message + " " + problem.SuggestedActions[0];
        Show(NotificationSeverity.Error, problem.Title, detail, 14);
    }

    /// <summary>Says what was done and offers to take it back for ten seconds.</summary>
    public void Undo(string text, Func<Task> undo)
    {
        NotificationMessage message = default!;
        message = new NotificationMessage
        {
            Severity = NotificationSeverity.Info,
            Summary = text,
            Duration = 10_000,
            DetailContent = _ => builder =>
            {
                builder.OpenElement(0, "button");
                builder.AddAttribute(1, "type", "button");
                builder.AddAttribute(2, "class", "button");
                builder.AddAttribute(3, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, UndoAsync));
                builder.AddContent(4, "Undo");
                builder.CloseElement();
            },
        };
        notifications.Notify(message);

        async Task UndoAsync()
        {
            notifications.Messages.Remove(message);
            try
            {
                await undo();
            }
            catch (Exception exception)
            {
                Error(exception);
            }
        }
    }

    private void Show(NotificationSeverity severity, string text, string? detail, double seconds) =>
        notifications.Notify(new NotificationMessage { Severity = severity, Summary = text, Detail = detail ?? "", Duration = seconds * 1000, CloseOnClick = false });
}
