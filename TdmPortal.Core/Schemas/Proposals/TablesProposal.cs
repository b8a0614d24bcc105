namespace TdmPortal.Core.Schemas.Proposals;
internal static class TablesProposal { public static ProposedSchema Make(string sql, string schemaName) => throw new NotImplementedException(); }
