namespace Sluice.Emulator.Workspaces;

/// <summary>The rules for an endpoint's two traffic maps.</summary>
internal static class TrafficRules
{
    private const int MirrorLimit = 50;

    /// <summary>Checks the wanted maps against the deployments and gives them back as the service keeps them: without zero
    /// entries, with the deployments' own spelling.</summary>
    /// <param name="endpoint">The endpoint as it is.</param>
    /// <param name="deployments">Its deployments.</param>
    /// <param name="wanted">The content whose maps are wanted.</param>
    /// <exception cref="RefusedException">A rule is broken.</exception>
    public static EndpointContent Check(Endpoint endpoint, IReadOnlyCollection<Deployment> deployments, EndpointContent wanted)
    {
        var traffic = Resolve(endpoint, deployments, wanted.Traffic, "traffic", endpoint.Content.Traffic);
        var mirror = Resolve(endpoint, deployments, wanted.MirrorTraffic, "mirror traffic", endpoint.Content.MirrorTraffic);
        var sum = traffic.Values.Sum();
        if (sum is not (0 or 100))
        {
            throw Refuse.Invalid($"The traffic of endpoint [{endpoint.Name}] sums to {sum}; it must sum to 0 or 100. Found: {Show(traffic)}.");
        }

        CheckMirror(endpoint, wanted, traffic, mirror);
        return wanted with { Traffic = traffic, MirrorTraffic = mirror };
    }

    /// <summary>Checks the maps of an endpoint that is to be created: it has no deployments yet, so nothing can be named.</summary>
    /// <exception cref="RefusedException">A map names a deployment.</exception>
    public static EndpointContent CheckNew(string name, EndpointContent wanted)
    {
        if (wanted.Traffic.Concat(wanted.MirrorTraffic).FirstOrDefault(share => share.Value != 0) is { Key: { } named })
        {
            throw Refuse.Invalid(
                $"Traffic of endpoint [{name}] names deployment [{named}], which does not exist. "
                + "Create the endpoint and its deployments first, then set the traffic.");
        }

        return wanted with { Traffic = new Dictionary<string, int>(), MirrorTraffic = new Dictionary<string, int>() };
    }

    private static void CheckMirror(
        Endpoint endpoint, EndpointContent wanted, Dictionary<string, int> traffic, Dictionary<string, int> mirror)
    {
        if (mirror.Count == 0)
        {
            return;
        }

        if (!wanted.IsManaged)
        {
            throw Refuse.Invalid($"Endpoint [{endpoint.Name}] is not managed; only managed endpoints mirror traffic.");
        }

        if (mirror.Count > 1)
        {
            throw Refuse.Invalid($"Traffic can be mirrored to one deployment only. Found: {Show(mirror)}.");
        }

        var (name, share) = mirror.Single();
        if (share > MirrorLimit)
        {
            throw Refuse.Invalid($"At most {MirrorLimit} percent of the traffic can be mirrored. Found: {Show(mirror)}.");
        }

        if (traffic.ContainsKey(name))
        {
            throw Refuse.Invalid($"Deployment [{name}] cannot have live and mirrored traffic at once. Found: {Show(traffic)} live, {share} mirrored.");
        }
    }

    private static Dictionary<string, int> Resolve(
        Endpoint endpoint,
        IReadOnlyCollection<Deployment> deployments,
        IReadOnlyDictionary<string, int> wanted,
        string map,
        IReadOnlyDictionary<string, int> current)
    {
        var resolved = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, share) in wanted)
        {
            if (share is < 0 or > 100)
            {
                throw Refuse.Invalid($"The {map} of deployment [{name}] is {share}; allowed is 0 to 100.");
            }

            if (share == 0)
            {
                continue;
            }

            var deployment = deployments.FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw Refuse.Invalid($"The {map} of endpoint [{endpoint.Name}] names deployment [{name}], which does not exist.");

            // A deployment that is being updated keeps serving what it has; only a rise needs one that has succeeded.
            if (deployment.State != ProvisioningState.Succeeded && share > current.GetValueOrDefault(deployment.Name))
            {
                throw Refuse.Invalid(
                    $"The {map} of endpoint [{endpoint.Name}] names deployment [{deployment.Name}], "
                    + $"which is in {deployment.State} provisioning state; it must be Succeeded.");
            }

            if (!resolved.TryAdd(deployment.Name, share))
            {
                throw Refuse.Invalid($"The {map} of endpoint [{endpoint.Name}] names deployment [{deployment.Name}] twice.");
            }
        }

        return resolved;
    }

    private static string Show(Dictionary<string, int> map) =>
        map.Count == 0 ? "none" : string.Join(", ", map.Select(share => $"{share.Key} {share.Value}"));
}
