using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Numbers;

/// <summary>One draw from a distribution.</summary>
internal delegate double Distribution(ref Draw draw);
