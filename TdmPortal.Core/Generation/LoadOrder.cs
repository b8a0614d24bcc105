namespace TdmPortal.Core.Generation;

/// <summary>Puts parents before their children; in a cycle, an optional relationship may point forward.</summary>
internal static class LoadOrder
{
    public static IReadOnlyList<EntityPlan> Of(EntityNode[] entities, Func<EntityNode, IReadOnlyList<ColumnDescription>> describe)
    {
        var placed = new HashSet<EntityNode>();
        var order = new List<EntityPlan>();
        while (order.Count < entities.Length)
        {
            var next = Array.Find(entities, entity => !placed.Contains(entity) && entity.Parents.TrueForAll(link => link.Parent == entity || placed.Contains(link.Parent)))
                ?? Array.Find(entities, entity => !placed.Contains(entity) && entity.Parents.TrueForAll(link => link.Link.IsOptional || link.Parent == entity || placed.Contains(link.Parent)))
                ?? Array.Find(entities, entity => !placed.Contains(entity))!;
            placed.Add(next);
            order.Add(new(next, describe(next)));
        }

        return order;
    }
}
