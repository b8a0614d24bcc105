namespace TdmPortal.Core.Formats;

/// <summary>Layouts of values in PostgreSQL's binary COPY.</summary>
internal enum PostgresForm
{
    Int16, Int32, Int64, Numeric, Float32, Float64, Boolean, Text, Date, Timestamp, Uuid, Jsonb,
}
