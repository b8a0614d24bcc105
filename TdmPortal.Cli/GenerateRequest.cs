using TdmPortal.Core.Formats;

namespace TdmPortal.Cli;

/// <summary>What tdm generate was asked for, beside schema and seed.</summary>
internal sealed record GenerateRequest(string Out, string Format, int Threads, string? Entity, long Offset, long? Limit, SqlPart Part, RowFormat SqlRows);
