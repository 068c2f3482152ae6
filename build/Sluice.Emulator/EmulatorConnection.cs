namespace Sluice.Emulator;

/// <summary>How to reach a running local Azure ML, as its serving process wrote it down.</summary>
public sealed record EmulatorConnection
{
    /// <summary>The ARM endpoint, for example <c>https://localhost:40123/</c>. Scoring is under <c>endpoints/</c> of it.</summary>
    public required Uri ArmEndpoint { get; init; }

    /// <summary>Full path of the server's certificate in PEM, for <c>curl --cacert</c> and <c>NODE_EXTRA_CA_CERTS</c>.</summary>
    public required string CertificatePath { get; init; }

    /// <summary>SHA-256 of the certificate (DER), 64 upper-case hexadecimal digits: what a client pins.</summary>
    public required string CertificateSha256 { get; init; }

    /// <summary>The token for ARM and blob requests. A secret: it appears in no output.</summary>
    public required string BearerToken { get; init; }

    /// <summary>The subscription's id.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The resource group's name.</summary>
    public required string ResourceGroup { get; init; }

    /// <summary>The workspace's name.</summary>
    public required string Workspace { get; init; }

    /// <summary>The workspace's region.</summary>
    public required string Location { get; init; }

    /// <summary>The latencies in force, which are those of the serving process.</summary>
    public required LatencyProfile Latency { get; init; }

    /// <summary>The factor on the latencies in force.</summary>
    public required double TimeScale { get; init; }

    /// <summary>Id of the serving process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The port on loopback.</summary>
    public required int Port { get; init; }

    /// <summary>Shows where the server is, and no secret.</summary>
    public override string ToString() => $"{nameof(EmulatorConnection)} {{ {ArmEndpoint}, {Workspace}, process {ProcessId} }}";
}
