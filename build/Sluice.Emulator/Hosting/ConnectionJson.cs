using System.Text.Json.Serialization;

namespace Sluice.Emulator.Hosting;

/// <summary>The wire form of <c>connection.json</c>, generated at build time so that attaching stays quick.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(EmulatorConnection))]
internal sealed partial class ConnectionJson : JsonSerializerContext;
