using System.Collections.Immutable;
using Sluice.Rollouts.Assets;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Reads a model on disk. One of MLflow must be complete, so that a mistake in it is found here and not after minutes in a container's
/// log; keys that <c>MLmodel</c> has beside those read here are MLflow's own business. Of others, only the deployment's code knows more
/// than that they must be there.
/// </summary>
internal sealed class ModelFolderReader(Mistakes mistakes)
{
    private const string ModelFileName = "MLmodel";

    /// <summary>How each pointer begins that Git LFS leaves where a file was not fetched, and the most that one has (its specification, version 1).</summary>
    private static readonly byte[] PointerBegin = "version https://git-lfs.github.com/spec/"u8.ToArray();
    private const int LongestPointer = 1024;

    /// <summary>The keys of a flavour that name a file or folder of the model.</summary>
    private static readonly ImmutableArray<string> FileKeys = ["data", "pickled_model", "model_path", "python_model", "code", "env"];

    /// <summary>The keys of the example's description that do.</summary>
    private static readonly ImmutableArray<string> ExampleKeys = ["artifact_path", "serving_input_path"];

    /// <summary>Reads a model; null after a mistake that leaves nothing to read.</summary>
    /// <param name="path">The folder, or the single file of a custom model.</param>
    /// <param name="type">What it is made of.</param>
    public ModelReading? Read(FilePath path, ModelType type)
    {
        var isFile = File.Exists(path.Absolute);
        if (!Directory.Exists(path.Absolute) && !(isFile && type == ModelType.Custom))
        {
            mistakes.Add(
                path.NamedAt,
                $"{new Place(path.Absolute).Shown} {(isFile ? "is a file" : path.Missing)}; allowed: {type switch
                {
                    ModelType.Mlflow => "the folder of an MLflow model",
                    ModelType.Triton => "the folder of a Triton model repository",
                    _ => "the folder or file of a custom model",
                }}.");
            return null;
        }

        try
        {
            var contents = AssetContents.Read(path.Absolute);
            if (contents.Files.FirstOrDefault(IsPointer) is { } pointer)
            {
                mistakes.Add(
                    new Place(pointer.FullPath),
                    "The file is a pointer of Git LFS, not what it points to; git lfs pull fetches that, and a pipeline's checkout has an option for it.");
                return null;
            }

            return type == ModelType.Mlflow
                ? ReadModelFile(path.Absolute, contents)
                : new ModelReading(Of(path.Absolute, contents, type, []), [], path.NamedAt);
        }
        catch (AssetException e)
        {
            mistakes.Add(new Place(e.File), e.Message);
            return null;
        }
    }

    private static bool IsPointer(AssetFile file)
    {
        if (file.Bytes > LongestPointer || file.Bytes < PointerBegin.Length)
        {
            return false;
        }

        using var stream = File.OpenRead(file.FullPath);
        var begin = new byte[PointerBegin.Length];
        return stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == begin.Length && begin.AsSpan().SequenceEqual(PointerBegin);
    }

    private static ModelFolder Of(string path, AssetContents contents, ModelType type, ImmutableArray<string> inputs) =>
        new(path, contents.Digest, contents.Files.Length, contents.Bytes, inputs) { Type = type, OlderDigest = contents.OlderDigest };

    private ModelReading? ReadModelFile(string folder, AssetContents contents)
    {
        var document = new DocumentFile(Path.Combine(folder, ModelFileName));
        if (!contents.Files.Any(file => file.RelativePath == ModelFileName))
        {
            var below = contents.Files.FirstOrDefault(file => file.RelativePath.EndsWith($"/{ModelFileName}", StringComparison.Ordinal));
            mistakes.Add(document.Place, "The file is missing; every MLflow model has it at its root, and no ignore file may name it. "
                + (below is null ? "For other models, say model.type." : $"There is one at {new Place(below.FullPath).Shown}."));
            return null;
        }

        if (document.ReadYaml(mistakes) is not { } root)
        {
            return null;
        }

        if (root is not SpecMap map)
        {
            mistakes.Add(root.Place, $"The document is {root.Found}; allowed: the map that MLflow writes.");
            return null;
        }

        CheckFlavors(map, contents.Files);
        var signature = map.Find("signature")?.Value as SpecMap;
        var inputs = signature?.Find("inputs")?.Value;
        var columns = inputs is null ? [] : ReadColumns(inputs);
        return new ModelReading(
            Of(folder, contents, ModelType.Mlflow, [.. columns.Select(column => column.Name)]) with
            {
                Flavors = [.. (map.Find("flavors")?.Value as SpecMap)?.Entries.Select(flavor => flavor.Key) ?? []],
            },
            columns,
            inputs?.Place ?? map.Place);
    }

    private void CheckFlavors(SpecMap map, ImmutableArray<AssetFile> files)
    {
        if (map.Find("flavors")?.Value is not SpecMap { Entries: [_, ..] } flavors)
        {
            mistakes.Add(map.Find("flavors")?.Place ?? map.Place, "flavors is missing or empty; allowed: a map of at least one flavor.");
            return;
        }

        if (flavors.Find("python_function") is null)
        {
            mistakes.Add(flavors.Place, "flavors has no python_function, which Azure loads a model by; log the model with MLflow again.");
        }

        foreach (var flavor in flavors.Entries.Where(entry => entry.Value is SpecMap))
        {
            foreach (var entry in FileKeys.Select(((SpecMap)flavor.Value).Find).OfType<SpecEntry>())
            {
                CheckFiles($"flavors.{flavor.Key}.{entry.Key}", entry.Value, files);
            }
        }

        if (map.Find("saved_input_example_info")?.Value is SpecMap example)
        {
            foreach (var entry in ExampleKeys.Select(example.Find).OfType<SpecEntry>())
            {
                CheckFiles($"saved_input_example_info.{entry.Key}", entry.Value, files);
            }
        }
    }

    /// <summary>A key names one file, or, as <c>env</c> does, a map of files.</summary>
    private void CheckFiles(string path, SpecNode value, ImmutableArray<AssetFile> files)
    {
        switch (value)
        {
            case SpecMap map:
                foreach (var entry in map.Entries.Where(entry => entry.Value is SpecScalar { IsNull: false }))
                {
                    CheckFiles($"{path}.{entry.Key}", entry.Value, files);
                }

                break;
            case SpecScalar scalar:
                CheckFile(path, scalar, files);
                break;
        }
    }

    /// <summary>Some flavors write an empty text for no file, or a dot for the whole folder.</summary>
    private void CheckFile(string path, SpecScalar name, ImmutableArray<AssetFile> files)
    {
        var written = (name.Text.StartsWith("./", StringComparison.Ordinal) ? name.Text[2..] : name.Text).TrimEnd('/');
        if (written is "" or ".")
        {
            return;
        }

        var named = files.Where(file => (file.RelativePath + "/").StartsWith(written + "/", StringComparison.Ordinal)).ToArray();
        if (named.Length == 0)
        {
            mistakes.Add(name.Place, $"{path} names {name.Text}, which the folder does not have, or an ignore file leaves out.");
        }
        else if (named.Sum(file => file.Bytes) == 0)
        {
            mistakes.Add(name.Place, $"{path} names {name.Text}, which is empty.");
        }
    }

    /// <summary>
    /// Inputs are a JSON text in the YAML: <c>[{"type": "long", "name": "age", "required": true}, …]</c>. Tensors may have no name;
    /// older versions of MLflow leave <c>required</c> out.
    /// </summary>
    private ImmutableArray<SignatureColumn> ReadColumns(SpecNode inputs)
    {
        // Lines within the text are no lines of the file.
        var within = new Mistakes();
        try
        {
            var document = inputs is SpecScalar { Text: var text } ? JsonSource.Parse(inputs.Place.Source, text, within) : null;
            foreach (var mistake in within.ToImmutableArray())
            {
                mistakes.Add(inputs.Place, $"signature.inputs: {mistake.Message}");
            }

            if (document is SpecList list)
            {
                return
                [
                    .. list.Items.OfType<SpecMap>()
                        .Where(column => column.Find("name")?.Value is SpecScalar)
                        .Select(column => new SignatureColumn(
                            ((SpecScalar)column.Find("name")!.Value).Text,
                            column.Find("type")?.Value is SpecScalar { Text: var type } ? type : "",
                            column.Find("required")?.Value is not SpecScalar { Text: "false" })),
                ];
            }

            mistakes.Add(inputs.Place, $"signature.inputs is {inputs.Found}; allowed: a JSON list of columns in a string.");
        }
        catch (SyntaxException e)
        {
            mistakes.Add(inputs.Place, $"signature.inputs is not a JSON list: {e.Message}");
        }

        return [];
    }
}
