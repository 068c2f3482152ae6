using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Sluice.Emulator.Hosting;

/// <summary>What the emulator drew at its first start and keeps: secrets and ids.</summary>
/// <param name="BearerToken">Opens ARM and blobs. A secret.</param>
/// <param name="StorageKey">The storage account's key, base64. A secret.</param>
/// <param name="WorkspaceId">The workspace's id.</param>
/// <param name="TenantId">The tenant's id.</param>
/// <param name="Port">The port of the last run; 0 before the first.</param>
internal sealed record EmulatorIdentity(string BearerToken, string StorageKey, Guid WorkspaceId, Guid TenantId, int Port)
{
    private const int TokenBytes = 32;
    private const int StorageKeyBytes = 64;

    /// <summary>
    /// What ids in the workspace have begun with, under each name that it was started by: a deployment of then has its model, its code and its
    /// environment under the name of then.
    /// </summary>
    public ImmutableArray<string> WorkspaceIds
    {
        get => field.IsDefault ? [] : field;
        init;
    }

    /// <summary>Draws a new one.</summary>
    public static EmulatorIdentity Draw() => new(
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)),
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(StorageKeyBytes)),
        Guid.NewGuid(),
        Guid.NewGuid(),
        Port: 0);

    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"{nameof(EmulatorIdentity)} {{ {nameof(WorkspaceId)} = {WorkspaceId} }}";
}
