using Newtonsoft.Json.Linq;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>A key that a reader knows.</summary>
/// <param name="Name">The key.</param>
/// <param name="About">What it means, for the schema.</param>
/// <param name="IsRequired">Whether the file must have it.</param>
/// <param name="Schema">Makes the schema of its value.</param>
internal sealed record KeyDeclaration(string Name, string About, bool IsRequired, Func<JObject> Schema);
