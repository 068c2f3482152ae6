using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>An <c>az ml</c> file of this repository for an online endpoint or an online deployment.</summary>
/// <param name="Path">The file, from the repository's root.</param>
/// <param name="IsEndpoint">True for an endpoint, false for a deployment.</param>
/// <param name="IsKubernetes">True for Kubernetes, false for managed machines.</param>
public sealed partial record YamlSample(string Path, bool IsEndpoint, bool IsKubernetes)
{
    /// <summary>Every such file under <c>config/</c> and <c>tests/</c>, known by its schema.</summary>
    /// <remarks>A folder named Broken holds those with mistakes.</remarks>
    public static IEnumerable<YamlSample> All() => new[] { "config", "tests" }
        .Select(folder => System.IO.Path.Combine(Repository.Root, folder))
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.y*ml", SearchOption.AllDirectories))
        .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" || part.Equals("broken", StringComparison.OrdinalIgnoreCase)))
        .Select(path => (Path: path, Schema: Schema().Match(TextOf(path))))
        .Where(file => file.Schema.Success)
        .Select(file => new YamlSample(
            file.Path, file.Schema.Groups["kind"].Value == "Endpoint", file.Schema.Groups["place"].Value == "kubernetes"))
        .OrderBy(sample => sample.Path, StringComparer.Ordinal);

    /// <summary>The name that a deployment's file has for its endpoint, or the shipped one's.</summary>
    public string EndpointName =>
        EndpointNameLine().Match(TextOf(Path)) is { Success: true } line ? line.Groups["name"].Value : "heart-classifier";

    /// <summary>Reads the file in a configuration that is otherwise the shipped one.</summary>
    /// <param name="folder">A folder for that configuration.</param>
    public SpecReading Read(string folder)
    {
        var config = System.IO.Path.Combine(Repository.Root, "config");
        var models = System.IO.Path.Combine(Repository.Root, "models", "heart-classifier");
        var (compute, type) = IsKubernetes ? ("compute: azureml:cluster\n", "type: kubernetes\n") : ("", "");
        var endpoint = Write(folder, "endpoint.yml", $"name: {EndpointName}\nauth_mode: key\n{compute}");
        var green = Write(folder, "green.yml", $"name: candidate\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n{type}");
        var blue = Write(folder, "blue.yml", $"name: first\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n{type}");
        var sample = System.IO.Path.Combine(Repository.Root, Path);
        var document = new
        {
            workspace = new { cloud = "local", subscriptionId = Guid.Empty, resourceGroup = "sluice-local", name = "sluice-local" },
            emulator = new { folder = "state", latency = "instant" },
            model = new
            {
                name = ModelLine().Match(TextOf(Path)) is { Success: true } model ? model.Groups["name"].Value : "heart-classifier",
                path = System.IO.Path.Combine(models, "v2"),
                baseline = System.IO.Path.Combine(models, "v1"),
            },
            endpoint = IsEndpoint ? sample : endpoint,
            blue = IsEndpoint ? blue : sample,
            green,
            rollout = new { steps = new[] { new { weight = 10, bake = "1s" } } },
            probes = new
            {
                sample = System.IO.Path.Combine(config, "sample.json"),
                requests = System.IO.Path.Combine(config, "requests.json"),
            },
        };
        return SpecReader.Read(Write(folder, "config.json", JsonSerializer.Serialize(document)), SpecOverrides.None);
    }

    /// <inheritdoc/>
    public override string ToString() => Path;

    private static string TextOf(string path) => File.ReadAllText(System.IO.Path.Combine(Repository.Root, path));

    private static string Write(string folder, string name, string text)
    {
        var path = System.IO.Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    [GeneratedRegex(@"^\$schema:.*(?<place>managed|kubernetes)Online(?<kind>Endpoint|Deployment)\.schema\.json", RegexOptions.Multiline)]
    private static partial Regex Schema();

    [GeneratedRegex(@"^endpoint_name:\s*(?<name>[\w-]+)", RegexOptions.Multiline)]
    private static partial Regex EndpointNameLine();

    [GeneratedRegex(@"^model:\s*azureml:(?<name>[\w.-]+)[:@]", RegexOptions.Multiline)]
    private static partial Regex ModelLine();
}
