namespace Sluice.Emulator.Workspaces;

/// <summary>How callers of an endpoint prove who they are.</summary>
internal static class AuthModes
{
    /// <summary>With one of the endpoint's two keys.</summary>
    public const string Key = "Key";

    /// <summary>With a token that the workspace issued.</summary>
    public const string AmlToken = "AMLToken";

    /// <summary>With a Microsoft Entra token.</summary>
    public const string AadToken = "AADToken";
}
