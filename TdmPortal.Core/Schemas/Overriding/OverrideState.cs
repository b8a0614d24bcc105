namespace TdmPortal.Core.Schemas.Overriding;

/// <summary>How an override stands to a version of its schema.</summary>
public enum OverrideState
{
    /// <summary>It is applied.</summary>
    Applies,
    /// <summary>It is applied, but the schema says something else there than when the team agreed to it.</summary>
    BaseChanged,
    /// <summary>The field has another type now: it is not applied.</summary>
    TypeChanged,
    /// <summary>The entity or field is no longer there: it is not applied.</summary>
    Gone,
    /// <summary>The schema would not be valid with it: it is not applied.</summary>
    Unfit,
}
