namespace Cake.Frosting.Hosting;

/// <summary>A default of the Cake configuration that a build sets.</summary>
/// <param name="Key">The key, in any case.</param>
/// <param name="Value">The value.</param>
internal sealed record CakeSetting(string Key, string Value);
