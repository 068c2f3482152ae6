using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Reads a deployment's <c>environment</c>: a reference, a map (<c>_schema/assets/environment.py</c>), or the path of a file with that map.
/// </summary>
internal static class EnvironmentReader
{
    private const string Key = "environment";

    private static readonly Format<OperatingSystemKind> Systems = Formats.OneOf(
        ("linux", OperatingSystemKind.Linux),
        ("windows", OperatingSystemKind.Windows));

    /// <summary>A slash alone is fine: containers of one's own answer there, Microsoft's examples say.</summary>
    private static readonly Format<string> RoutePath = Formats.Matching("a path from the root, for example / or /score", @"^/[^\0\s]*$");

    /// <summary>Reads the key of a deployment; null when it is not written and after a mistake.</summary>
    public static AssetSource? Read(MapReader deployment) => deployment.Node(Key) switch
    {
        null => null,
        SpecMap => deployment.Section(Key, ReadInline),
        SpecScalar scalar => ReadText(deployment, scalar),
        { } other => Unreadable(deployment, other),
    };

    private static AssetSource? ReadText(MapReader deployment, SpecScalar scalar)
    {
        if (AssetReference.IsMeant(scalar.Text))
        {
            return AssetReference.Environments.Parse(scalar.Text) ?? Unreadable(deployment, scalar);
        }

        if (!LocalPath.IsOne(scalar.Text))
        {
            return Unreadable(deployment, scalar);
        }

        var path = LocalPath.From(scalar.Text, scalar.Place);
        if (File.Exists(path.Absolute))
        {
            return deployment.ReadYaml(path, ReadInline);
        }

        deployment.Mistake(
            scalar.Place,
            $"{deployment.PathOf(Key)} names the file {new Place(path.Absolute).Shown}, which does not exist; a registered environment is "
            + $"written as {AssetReference.Environments.Allowed}.");
        return null;
    }

    private static InlineEnvironment? Unreadable(MapReader deployment, SpecNode found)
    {
        deployment.Mistake(
            found.Place,
            $"{deployment.PathOf(Key)} is {found.Found}; allowed: {AssetReference.Environments.Allowed}, a map with image or build, or the "
            + "path of a file with such a map.");
        return null;
    }

    private static InlineEnvironment? ReadInline(MapReader map)
    {
        map.Ignored("$schema", "id", "creation_context", "latest_version", "auto_delete_setting");
        RefuseCondaKeys(map);
        if (map.Has("datastore"))
        {
            map.Mistake("datastore", $"{map.PathOf("datastore")} is written; allowed: none, the workspace's default datastore is used.");
        }

        map.Ignored("datastore");
        var name = map.Optional("name", Names.Model);
        var version = map.Optional("version", Formats.Text);
        var environment = new InlineEnvironment
        {
            Name = name?.Value,
            Version = name is null ? null : version?.Value,
            Description = map.Optional("description", Formats.AnyText)?.Value,
            Image = map.Optional("image", Formats.Text)?.Value,
            CondaFile = ReadConda(map),
            Build = map.OptionalSection("build", ReadBuild),
            InferenceConfig = map.OptionalSection("inference_config", ReadInferenceConfig),
            OperatingSystem = map.Optional("os_type", Systems)?.Value,
            Tags = map.Names("tags", Formats.FreeValue),
            Properties = map.Names("properties", Formats.FreeValue),
        };
        CheckImage(map);
        return environment;
    }

    private static void CheckImage(MapReader map)
    {
        if (map.Has("image") == map.Has("build"))
        {
            map.Mistake(
                "build",
                map.Has("image")
                    ? $"{map.PathOf("build")} is written beside {map.PathOf("image")}; allowed: one of them."
                    : $"{map.PathOf("image")} is missing; allowed: the name of a container image, or build with a folder that has a "
                        + "Dockerfile.");
        }

        if (map.Has("conda_file") && map.Has("build"))
        {
            map.Mistake(
                "conda_file",
                $"{map.PathOf("conda_file")} is written beside {map.PathOf("build")}; allowed: with {map.PathOf("image")} only.");
        }
    }

    /// <summary>A common slip, which <c>az ml</c> names too: the conda file's content in the place of the environment's.</summary>
    private static void RefuseCondaKeys(MapReader map)
    {
        foreach (var key in new[] { "channels", "dependencies" })
        {
            if (map.Node(key) is not null)
            {
                map.Mistake(
                    key, $"{map.PathOf(key)} belongs into a conda file; allowed: {map.PathOf("conda_file")} with its path or content.");
            }
        }
    }

    private static string? ReadConda(MapReader map)
    {
        switch (map.Node("conda_file"))
        {
            case null:
                return null;
            case SpecMap content:
                return CondaText.Of(content);
            case SpecScalar scalar when LocalPath.IsOne(scalar.Text):
                var path = LocalPath.From(scalar.Text, scalar.Place);
                if (File.Exists(path.Absolute))
                {
                    return map.ReadYamlMap(path) is { } read ? CondaText.Of(read) : null;
                }

                map.Mistake(
                    scalar.Place, $"{map.PathOf("conda_file")} names the file {new Place(path.Absolute).Shown}, which does not exist.");
                return null;
            case { } other:
                map.Mistake(
                    other.Place,
                    $"{map.PathOf("conda_file")} is {other.Found}; allowed: a path relative to this file, or a map of conda dependencies.");
                return null;
        }
    }

    private static BuildContextSpec? ReadBuild(MapReader map)
    {
        var dockerfile = map.Optional("dockerfile_path", Formats.Text);
        var path = map.Required("path", Formats.Text);
        if (!path.IsGood)
        {
            return null;
        }

        if (path.Value.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || path.Value.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            return new BuildContextSpec(null, path.Value, dockerfile?.Value);
        }

        if (!LocalPath.IsOne(path.Value))
        {
            map.Mistake(
                path.Place, $"{map.PathOf("path")} is \"{path.Value}\"; allowed: a folder relative to this file, or an https address.");
            return null;
        }

        if (AssetFolderReader.Read(map, LocalPath.From(path.Value, path.Place), "a Docker build context") is not var (folder, contents))
        {
            return null;
        }

        var wanted = dockerfile?.Value ?? "Dockerfile";
        if (contents.Files.All(file => file.RelativePath != wanted))
        {
            map.Mistake(
                dockerfile?.Place ?? path.Place,
                $"{new Place(folder.Path).Shown} has no {wanted}, or an ignore file leaves it out; allowed: a dockerfile_path that it "
                + "has.");
        }

        return new BuildContextSpec(folder, null, dockerfile?.Value);
    }

    private static InferenceConfigSpec ReadInferenceConfig(MapReader map) => new(
        map.RequiredSection("liveness_route", ReadRoute),
        map.RequiredSection("readiness_route", ReadRoute),
        map.RequiredSection("scoring_route", ReadRoute));

    private static RouteSpec ReadRoute(MapReader map) => new(
        map.Required("path", RoutePath).Value,
        map.Required("port", Formats.Whole(1, 65535)).Value);
}
