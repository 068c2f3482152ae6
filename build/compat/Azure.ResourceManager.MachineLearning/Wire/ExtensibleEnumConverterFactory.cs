using System.Text.Json;
using System.Text.Json.Serialization;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>Reads and writes every <see cref="IExtensibleEnum{TSelf}"/> as the plain string that it is on the wire.</summary>
internal sealed class ExtensibleEnumConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsValueType && Array.Exists(
            typeToConvert.GetInterfaces(),
            implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IExtensibleEnum<>));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T>
        where T : struct, IExtensibleEnum<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            T.From(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
