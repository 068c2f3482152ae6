using System.Text.Json.Serialization;

namespace Sluice.Emulator.Blobs;

/// <summary>How the catalogue's records are written to the database.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BlobEntry))]
[JsonSerializable(typeof(ContainerEntry))]
[JsonSerializable(typeof(StagedBlock))]
internal sealed partial class BlobJson : JsonSerializerContext;
