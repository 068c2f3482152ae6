using System.Text.Json.Serialization;
using Sluice.Emulator.Hosting;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Store;

/// <summary>How records are written to the database; generated at build time so that a start stays quick.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Endpoint))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(AssetContainer))]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(AssetVersion))]
[JsonSerializable(typeof(Datastore))]
[JsonSerializable(typeof(TagSet))]
[JsonSerializable(typeof(Operation))]
[JsonSerializable(typeof(EmulatorIdentity))]
[JsonSerializable(typeof(KeptMinute))]
internal sealed partial class StateJson : JsonSerializerContext;
