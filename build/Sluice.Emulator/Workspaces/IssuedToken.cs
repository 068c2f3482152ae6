namespace Sluice.Emulator.Workspaces;

/// <summary>A token that opens an endpoint until it ends. A secret.</summary>
internal sealed record IssuedToken(string Value, DateTimeOffset RefreshAfter, DateTimeOffset ExpiresAt)
{
    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"{nameof(IssuedToken)} {{ {nameof(ExpiresAt)} = {ExpiresAt:O} }}";
}
