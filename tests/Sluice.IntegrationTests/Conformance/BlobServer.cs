namespace Sluice.IntegrationTests.Conformance;

/// <summary>A server of blobs.</summary>
public enum BlobServer
{
    /// <summary>The local Azure ML, the account in the host's name as Azure has it.</summary>
    LocalByHost,

    /// <summary>The local Azure ML, the account in the path as azurite has it.</summary>
    LocalByPath,

    /// <summary>Microsoft's own emulator of Azure Storage.</summary>
    Azurite,
}
