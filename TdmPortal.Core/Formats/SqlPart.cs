namespace TdmPortal.Core.Formats;

/// <summary>What an SQL script holds.</summary>
public enum SqlPart
{
    /// <summary>Tables, rows, then keys, foreign keys and checks.</summary>
    All,

    /// <summary>Tables with their keys, foreign keys and checks.</summary>
    Schema,

    /// <summary>Rows, in an order that loads into tables whose constraints are on.</summary>
    Data,
}
