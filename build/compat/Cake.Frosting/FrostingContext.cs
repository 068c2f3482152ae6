using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of a build's own context, and the context of a build that has none.</summary>
/// <param name="context">The engine's context, which answers everything that <see cref="ICakeContext"/> asks.</param>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext;
