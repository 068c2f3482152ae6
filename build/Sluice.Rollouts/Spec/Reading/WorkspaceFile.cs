using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Azure Machine Learning's own file that names a workspace, as the studio offers it for download:
/// <c>{"subscription_id": …, "resource_group": …, "workspace_name": …}</c>. It is looked for when it is needed, and used for what the
/// configuration leaves out.
/// </summary>
/// <remarks>
/// Looked for as <c>MLClient.from_config</c> does (azure-ai-ml, <c>_ml_client.py</c>): first <c>.azureml/</c> in the folder and each one above it, then
/// <c>aml_config/</c>, then the folders themselves; a <c>config.json</c> before a <c>project.json</c>. The older form with the workspace's resource id as
/// <c>Scope</c> is read, too. Other keys belong to other tools.
/// </remarks>
internal sealed class WorkspaceFile
{
    private const string InWords = "the workspace's own config.json, here or in a folder above";

    /// <summary>How many folders above the first one are looked at.</summary>
    private const int MostLevels = 20;

    private static readonly string[] Subfolders = [".azureml", "aml_config", ""];
    private static readonly string[] FileNames = ["config.json", "project.json"];

    private static readonly Format<string> ResourceId = Formats.Matching(
        "a workspace's resource id, /subscriptions/…/resourceGroups/…/providers/Microsoft.MachineLearningServices/workspaces/…",
        "(?i)^/subscriptions/[^/]+/resourcegroups/[^/]+/providers/Microsoft.MachineLearningServices/workspaces/[^/]+$");

    private readonly Mistakes _mistakes;
    private readonly Mistakes _notes;
    private readonly Lazy<Content?> _content;
    private readonly SortedSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>A file that is not looked for yet.</summary>
    /// <param name="folder">The absolute path of the folder where the search begins; null to look nowhere.</param>
    /// <param name="mistakes">Takes what is wrong in the file.</param>
    /// <param name="notes">Takes that it was used.</param>
    public WorkspaceFile(string? folder, Mistakes mistakes, Mistakes notes)
    {
        _mistakes = mistakes;
        _notes = notes;
        _content = new Lazy<Content?>(() => Search(folder) is { } path ? Read(path) : null);
    }

    /// <summary>The subscription.</summary>
    public Elsewhere<string> Subscription => Of("subscription_id", content => content.Subscription);

    /// <summary>The resource group.</summary>
    public Elsewhere<string> ResourceGroup => Of("resource_group", content => content.ResourceGroup);

    /// <summary>The workspace.</summary>
    public Elsewhere<string> Workspace => Of("workspace_name", content => content.Workspace);

    /// <summary>Notes what was taken from the file, if anything was.</summary>
    public void NoteUse()
    {
        if (_used.Count > 0)
        {
            _notes.Add(_content.Value!.Place, $"{string.Join(", ", _used)} {(_used.Count == 1 ? "is" : "are")} taken from this file.");
        }
    }

    private static string? Search(string? folder)
    {
        var folders = new List<string>();
        for (var above = folder; above is not null && folders.Count <= MostLevels; above = Path.GetDirectoryName(above))
        {
            folders.Add(above);
        }

        return (from subfolder in Subfolders
                from name in FileNames
                from start in folders
                select Path.Combine(start, subfolder, name)).FirstOrDefault(File.Exists);
    }

    private Elsewhere<string> Of(string key, Func<Content, Field<string>> find) => new(InWords, () =>
    {
        if (_content.Value is not { } content)
        {
            return null;
        }

        _used.Add(key);
        return find(content);
    });

    private Content Read(string path)
    {
        var file = new DocumentFile(path);
        return file.ReadJson(_mistakes) is { } document
            ? MapReader.Read(document, "", _mistakes, Read, takesNulls: true)
            : new Content(file.Place, Bad(file.Place), Bad(file.Place), Bad(file.Place));
    }

    private static Content Read(MapReader map)
    {
        map.LeavesOtherKeysAlone();
        if (map.Optional("Scope", ResourceId) is not { } scope)
        {
            return new Content(
                map.Place with { Line = null, Column = null },
                map.Required("subscription_id", Formats.Guid),
                map.Required("resource_group", Names.ResourceGroup),
                map.Required("workspace_name", Names.Workspace));
        }

        map.Ignored("subscription_id", "resource_group", "workspace_name");
        var parts = scope.IsGood ? scope.Value.Split('/') : [];
        return new Content(map.Place with { Line = null, Column = null }, Part(2), Part(4), Part(8));

        Field<string> Part(int index) => scope.IsGood ? scope with { Value = parts[index] } : Bad(scope.Place);
    }

    private static Field<string> Bad(Place place) => new("", place, IsGood: false);

    private sealed record Content(Place Place, Field<string> Subscription, Field<string> ResourceGroup, Field<string> Workspace);
}
