using System.Collections.Immutable;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Changes;

/// <summary>The difference between two states of a workspace, as a reviewer reads it. Pure.</summary>
public static class WorkspaceChanges
{
    /// <summary>What makes the one state the other: model versions, then the endpoint, then its deployments by name.</summary>
    /// <remarks>A deployment that is deleted and made anew under its name is both.</remarks>
    public static ImmutableArray<ResourceChange> Between(WorkspaceState before, WorkspaceState after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return
        [
            .. after.Models.Except(before.Models).Reverse().SelectMany(version =>
                Change(ResourceKind.ModelVersion, $"{version.Name} {version.Version}", null, Fields(version))),
            .. Change(ResourceKind.Endpoint, before.Endpoint?.Name ?? after.Endpoint?.Name ?? "", Fields(before.Endpoint), Fields(after.Endpoint)),
            .. Deployments(before.Endpoint, after.Endpoint),
        ];
    }

    private static IEnumerable<ResourceChange> Deployments(EndpointState? before, EndpointState? after)
    {
        var names = new[] { before, after }
            .SelectMany(endpoint => endpoint?.Deployments.Select(deployment => deployment.Name) ?? [])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var (now, then) = (before?.Deployment(name), after?.Deployment(name));
            var isReplaced = now is not null && then is not null && now.CreatedAt != then.CreatedAt;
            var (old, made) = (Fields(before, now), Fields(after, then));
            foreach (var change in isReplaced
                ? Change(ResourceKind.Deployment, name, old, null).Concat(Change(ResourceKind.Deployment, name, null, made))
                : Change(ResourceKind.Deployment, name, old, made))
            {
                yield return change;
            }
        }
    }

    private static IEnumerable<ResourceChange> Change(
        ResourceKind resource, string name, IReadOnlyList<(string Name, string Value)>? now, IReadOnlyList<(string Name, string Value)>? then)
    {
        var fields = Fields(now, then);
        if (!fields.IsEmpty)
        {
            yield return new(
                now is null ? ChangeKind.Created : then is null ? ChangeKind.Deleted : ChangeKind.Changed, resource, name, fields);
        }
    }

    /// <summary>The fields that differ, in the order of the later state.</summary>
    private static ImmutableArray<FieldChange> Fields(
        IReadOnlyList<(string Name, string Value)>? now, IReadOnlyList<(string Name, string Value)>? then)
    {
        var old = (now ?? []).ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        var made = (then ?? []).ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        return
        [
            .. (then ?? []).Concat(now ?? [])
                .Select(field => field.Name)
                .Distinct(StringComparer.Ordinal)
                .Select(name => new FieldChange(name, old.GetValueOrDefault(name), made.GetValueOrDefault(name)))
                .Where(field => field.Now != field.Then),
        ];
    }

    private static List<(string Name, string Value)> Fields(ModelVersion version)
    {
        List<(string Name, string Value)> fields = [];
        Add(fields, "type", version.Type?.ToString());
        Add(fields, "content", version.Digest);
        return fields;
    }

    private static List<(string Name, string Value)>? Fields(EndpointState? endpoint)
    {
        if (endpoint is null)
        {
            return null;
        }

        List<(string Name, string Value)> fields = [("state", $"{endpoint.State}"), ("traffic", $"{endpoint.Traffic}")];
        Add(fields, "mirrored", endpoint.MirrorTraffic.IsNone ? null : $"{endpoint.MirrorTraffic}");
        Add(fields, "authentication", $"{endpoint.AuthMode}");

        // The rollout's id is drawn by the run that begins it: a plan's is another one.
        Add(fields, "rollout", endpoint.Mark is { } mark ? $"{mark.Stable} → {mark.Candidate}: {mark.Status}" : null);
        fields.AddRange(Tags(endpoint.Tags.Where(tag => endpoint.Mark is null || !RolloutMark.Names.Contains(tag.Key))));
        return fields;
    }

    private static List<(string Name, string Value)>? Fields(EndpointState? endpoint, DeploymentState? deployment)
    {
        if (endpoint is null || deployment is null)
        {
            return null;
        }

        var mirrored = endpoint.MirrorTraffic[deployment.Name];
        List<(string Name, string Value)> fields =
        [
            ("state", $"{deployment.State}"),
            ("serves", deployment.Served),
            ("traffic", $"{endpoint.Traffic[deployment.Name]} %"),
        ];
        Add(fields, "mirrored", mirrored > 0 ? $"{mirrored} %" : null);
        Add(fields, "instance type", deployment.InstanceType.Length > 0 ? deployment.InstanceType : null);
        fields.Add(("instances", $"{deployment.InstanceCount}"));
        fields.AddRange(Tags(deployment.Tags));
        return fields;
    }

    private static IEnumerable<(string Name, string Value)> Tags(IEnumerable<KeyValuePair<string, string>> tags) =>
        tags.Select(tag => ($"tag {tag.Key}", tag.Value));

    private static void Add(List<(string Name, string Value)> fields, string name, string? value)
    {
        if (value is not null)
        {
            fields.Add((name, value));
        }
    }
}
