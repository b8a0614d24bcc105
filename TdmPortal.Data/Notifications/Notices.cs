using System.Text;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Notifications;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Notifications;

/// <summary>Where notices begin: written with what they tell of, in one transaction; people are told after it.</summary>
public static class Notices
{
    /// <summary>What the change feed says when there is something to tell.</summary>
    public static readonly Guid Changed = new("7d9b6e02-0000-4000-8000-9a05e0000002");

    private const int LongestTitle = 200, LongestText = 2000;

    /// <summary>Adds a notice to the caller's transaction: it is told when that commits, and never was when it rolls back.</summary>
    public static async Task AddAsync(PortalContext context, Notice notice, CancellationToken cancellation)
    {
        await context.Database.ExecuteSqlAsync($"""
            insert into portal.notice (id, team_id, kind, dataset_id, schedule_id, person_id, author_id, title, body, link, created_at)
            values (gen_random_uuid(), {notice.TeamId}, {notice.Kind.Code()}, {notice.DatasetId}, {notice.ScheduleId}, {notice.PersonId}, {notice.AuthorId},
                {Clip(notice.Title, LongestTitle)}, {Clip(notice.Text, LongestText)}, {notice.Link}, clock_timestamp())
            """, cancellation);
        await JobQueue.NotifyAsync(context, Changed, cancellation);
    }

    /// <summary>Texts of users and of errors: whatever is in them, the caller's transaction must not fail over it.</summary>
    private static string Clip(string text, int longest)
    {
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            // PostgreSQL holds no NUL; halves of a pair come as replacement characters.
            var next = rune.Value == 0 ? Rune.ReplacementChar : rune;
            if (clean.Length + next.Utf16SequenceLength > longest)
            {
                clean.Length = char.IsLowSurrogate(clean[^1]) ? clean.Length - 2 : clean.Length - 1;
                return clean.Append('…').ToString();
            }

            clean.Append(next);
        }

        return clean.ToString();
    }
}
