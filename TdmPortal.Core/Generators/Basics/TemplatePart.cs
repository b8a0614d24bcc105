using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Basics;

/// <summary>A piece of a template: a literal or digits, or else a field.</summary>
internal sealed record TemplatePart(TextSpace? Space, FieldReference? Field);
