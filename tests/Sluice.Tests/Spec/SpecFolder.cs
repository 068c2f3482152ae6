using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Tests.Spec;

/// <summary>A small complete configuration in a folder of its own, for tests to break.</summary>
internal sealed class SpecFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-spec-");

    public SpecFolder()
    {
        Write("local.json", """
            {
              "workspace": {
                "cloud": "local",
                "subscriptionId": "00000000-0000-0000-0000-000000000000",
                "resourceGroup": "group",
                "name": "workspace"
              },
              "emulator": { "folder": "state" },
              "model": { "name": "heart", "path": "model" },
              "endpoint": "endpoint.yml",
              "blue": "blue.yml",
              "green": "green.yml",
              "rollout": {
                "steps": [
                  { "weight": 10, "bake": "4s" },
                  { "weight": 50, "bake": "8s" }
                ],
                "finalBake": "4s",
                "gate": { "probesPerLook": 10, "lookInterval": "1s" }
              },
              "probes": { "sample": "sample.json", "requests": "requests.json" },
              "load": { "requestsPerSecond": 20 }
            }
            """);
        Write("endpoint.yml", """
            $schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json
            name: my-endpoint
            auth_mode: key
            """);
        Write("blue.yml", """
            $schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json
            name: blue
            endpoint_name: my-endpoint
            instance_type: Standard_DS3_v2
            instance_count: 1
            """);
        Write("green.yml", """
            $schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json
            name: green
            endpoint_name: my-endpoint
            instance_type: Standard_DS3_v2
            instance_count: 1
            """);
        Write("sample.json", """{ "input_data": { "columns": ["age", "thal"], "index": [0], "data": [[48, "normal"]] } }""");
        Write("requests.json", """{ "columns": ["age", "thal"], "data": [[48, "normal"], [50, "fixed"]] }""");
        WriteModel("model");
    }

    /// <summary>A configuration whose endpoint and green deployment are samples; blue runs in the same place.</summary>
    public static SpecFolder WithSamples(string endpoint, string deployment)
    {
        var folder = new SpecFolder();
        var samples = Repository.File("tests/Sluice.Tests/Spec/Samples");
        foreach (var file in Directory.EnumerateFiles(samples, "*", SearchOption.AllDirectories))
        {
            folder.Write(System.IO.Path.GetRelativePath(samples, file), System.IO.File.ReadAllText(file));
        }

        folder.Write("endpoint.yml", System.IO.File.ReadAllText(folder.File(endpoint)));
        folder.Write("green.yml", System.IO.File.ReadAllText(folder.File(deployment)));
        if (endpoint.StartsWith("kubernetes", StringComparison.Ordinal))
        {
            folder.Replace("blue.yml", "instance_count: 1", "type: kubernetes");
        }

        return folder;
    }

    /// <summary>The folder's absolute path.</summary>
    public string Path => _folder.FullName;

    /// <summary>A file's absolute path.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file, and the folders above it.</summary>
    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
    }

    /// <summary>Replaces a text that the file must have.</summary>
    public void Replace(string name, string text, string replacement)
    {
        var content = System.IO.File.ReadAllText(File(name));
        Assert.That(content, Does.Contain(text), "The test replaces a text that is not there.");
        System.IO.File.WriteAllText(File(name), content.Replace(text, replacement, StringComparison.Ordinal));
    }

    /// <summary>Writes a complete MLflow model for the columns age and thal.</summary>
    public void WriteModel(string name)
    {
        Write($"{name}/MLmodel", """
            flavors:
              onnx:
                code: null
                data: model.onnx
              python_function:
                data: model.onnx
                env:
                  conda: conda.yaml
                  virtualenv: python_env.yaml
                loader_module: mlflow.onnx
            saved_input_example_info:
              artifact_path: input_example.json
              type: dataframe
            signature:
              inputs: '[{"type": "long", "name": "age", "required": true}, {"type": "string", "name": "thal"}]'
              outputs: null
            """);
        Write($"{name}/model.onnx", "not really");
        Write($"{name}/conda.yaml", "name: env");
        Write($"{name}/python_env.yaml", "python: 3.10");
        Write($"{name}/input_example.json", "{}");
    }

    /// <summary>Reads the configuration.</summary>
    public SpecReading Read(SpecOverrides? overrides = null, string? from = null) =>
        SpecReader.Read(File("local.json"), overrides ?? SpecOverrides.None, from ?? Path);

    /// <summary>Reads the configuration and gives the mistakes as people see them, with paths relative to the folder.</summary>
    public string[] Mistakes(SpecOverrides? overrides = null) => [.. Read(overrides).Mistakes.Select(Shorten)];

    /// <summary>A mistake, with paths relative to the folder.</summary>
    public string Shorten(SpecMistake mistake) =>
        mistake.ToString().Replace(Path + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);
}
