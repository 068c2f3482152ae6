using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Reads a deployment's <c>data_collector</c> (<c>_schema/_deployment/online/data_collector_schema.py</c>).</summary>
internal static class DataCollectorReader
{
    /// <summary>The version that <c>az ml</c> means where none is written.</summary>
    private const string FirstVersion = "1";

    private static readonly Format<RollingRate> Rates = Formats.OneOf(
        ("minute", RollingRate.Minute),
        ("hour", RollingRate.Hour),
        ("day", RollingRate.Day),
        ("month", RollingRate.Month),
        ("year", RollingRate.Year));

    /// <summary>Reads the map.</summary>
    public static DataCollectorSpec Read(MapReader map)
    {
        // Older previews of az ml had these; the service's API has none of them.
        map.Superseded("data_collector.collections.<name>.data names the data asset that receives a collection", "destination");
        map.Superseded("data_collector.sampling_rate says it", "sampling_strategy");
        map.Superseded("data_collector.collections.<name>.enabled says it", "enabled");
        return new DataCollectorSpec(
            map.Sections("collections", ReadCollection),
            map.Optional("rolling_rate", Rates)?.Value,
            map.Optional("sampling_rate", Formats.NumberFrom(0, 1))?.Value,
            map.OptionalSection("request_logging", ReadRequestLogging) is { IsDefault: false } headers ? headers : []);
    }

    private static ImmutableArray<string> ReadRequestLogging(MapReader map) =>
        [.. map.List("capture_headers", Formats.Text).Where(header => header.IsGood).Select(header => header.Value)];

    private static CollectionSpec ReadCollection(MapReader map) => new(
        map.Required("enabled", Formats.Flag).Value,
        map.Node("data") switch
        {
            null => null,
            SpecMap => map.Section("data", ReadDataAsset),
            SpecScalar scalar => scalar.Text,
            { } other => Unreadable(map, other),
        },
        map.Optional("client_id", Formats.Text)?.Value);

    private static string? Unreadable(MapReader map, SpecNode found)
    {
        map.Mistake(found.Place, $"{map.PathOf("data")} is {found.Found}; allowed: azureml:name:version of a data asset.");
        return null;
    }

    private static string? ReadDataAsset(MapReader map)
    {
        if (map.Node("path") is not null)
        {
            map.Mistake(
                "path",
                $"{map.PathOf("path")} is written; allowed: a data asset that is registered already, by name and version or data_id; az ml data "
                + "create registers one.");
        }

        var id = map.Optional("data_id", Formats.Text);
        var name = map.Optional("name", Names.Model);
        var version = map.Optional("version", Formats.Text);
        if (id is null && name is null)
        {
            map.Mistake(map.Place, $"{map.PathOf("name")} is missing; allowed: name and version, or data_id.");
        }

        return id?.Value ?? $"azureml:{name?.Value}:{version?.Value ?? FirstVersion}";
    }
}
