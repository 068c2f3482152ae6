namespace Sluice.Emulator.Workspaces;

/// <summary>The two keys of an endpoint. Secrets.</summary>
internal sealed record EndpointKeys(string Primary, string Secondary)
{
    /// <summary>Shows no secret.</summary>
    public override string ToString() => nameof(EndpointKeys);
}
