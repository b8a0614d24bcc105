using TdmPortal.Data.Datasets;

namespace TdmPortal.Web.Environments;

/// <summary>How the tables of one version differ in form from those of another, in words.</summary>
public static class ColumnChanges
{
    public static IReadOnlyList<string> Between(IReadOnlyList<DatasetEntity> before, IReadOnlyList<DatasetEntity> after)
    {
        var changes = new List<string>();
        changes.AddRange(before.Where(entity => after.All(other => other.Name != entity.Name)).Select(entity => $"{entity.Name} is no longer there"));
        foreach (var entity in after)
        {
            var former = before.FirstOrDefault(other => other.Name == entity.Name);
            if (former is null)
            {
                changes.Add($"{entity.Name} is new");
                continue;
            }

            changes.AddRange(former.Columns.Where(column => entity.Columns.All(other => other.Name != column.Name)).Select(column => $"{entity.Name}.{column.Name} is no longer there"));
            foreach (var column in entity.Columns)
            {
                var was = former.Columns.FirstOrDefault(other => other.Name == column.Name);
                if (was is null)
                    changes.Add($"{entity.Name}.{column.Name} is new ({column.SqlType})");
                else if (was.SqlType != column.SqlType)
                    changes.Add($"{entity.Name}.{column.Name} becomes {column.SqlType}, was {was.SqlType}");
            }
        }

        return changes;
    }
}
