namespace Sluice.Rollouts.Spec;

/// <summary>A path of a container and its port.</summary>
/// <param name="Path">The path, for example <c>/score</c>.</param>
/// <param name="Port">The port in the container, 1 to 65535.</param>
public sealed record RouteSpec(string Path, int Port);
