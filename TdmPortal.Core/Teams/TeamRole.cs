namespace TdmPortal.Core.Teams;

/// <summary>What a member may do in a team. Ordered: a lead may do all that a tester may.</summary>
public enum TeamRole
{
    /// <summary>Designs schemas, generates, browses and downloads.</summary>
    Tester = 0,
    /// <summary>Also deletes others' things, sets schedules, masking rules and members' roles.</summary>
    Lead = 1,
}
