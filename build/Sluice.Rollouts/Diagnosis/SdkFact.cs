namespace Sluice.Rollouts.Diagnosis;

/// <summary>The .NET SDK of this machine.</summary>
/// <param name="Wanted">The version that <c>global.json</c> asks for; null when it asks for none.</param>
/// <param name="Found">The version that <c>dotnet</c> chooses by it; null when it finds none that fits.</param>
/// <param name="Runtime">The runtime that this program runs on.</param>
public sealed record SdkFact(string? Wanted, string? Found, string Runtime);
