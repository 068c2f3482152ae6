namespace Sluice.Emulator.Blobs;

/// <summary>The one storage account.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its key, base64. A secret.</param>
internal sealed record StorageAccount(string Name, string Key)
{
    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"{nameof(StorageAccount)} {{ {nameof(Name)} = {Name} }}";
}
