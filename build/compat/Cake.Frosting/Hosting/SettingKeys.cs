namespace Cake.Frosting.Hosting;

/// <summary>The keys of the Cake configuration that the host heeds.</summary>
internal static class SettingKeys
{
    /// <summary>Whether the report at the end is left out; no by default.</summary>
    public const string NoReport = "Settings_NoReport";

    /// <summary>Whether several targets run as one merged graph, each task once; yes by default.</summary>
    public const string UnifiedGraph = "Settings_UnifiedDependencyGraphForMultipleTargets";
}
