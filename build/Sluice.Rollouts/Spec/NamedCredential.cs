namespace Sluice.Rollouts.Spec;

/// <summary>A credential with the name that people choose it by.</summary>
/// <param name="Name">The name, in kebab-case.</param>
/// <param name="Kind">The credential.</param>
public sealed record NamedCredential(string Name, CredentialKind Kind);
