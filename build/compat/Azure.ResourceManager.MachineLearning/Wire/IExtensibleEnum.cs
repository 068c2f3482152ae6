namespace Azure.ResourceManager.MachineLearning;

/// <summary>A set of words that the service may extend; what <see cref="ExtensibleEnumConverterFactory"/> needs to read one.</summary>
internal interface IExtensibleEnum<TSelf>
    where TSelf : struct, IExtensibleEnum<TSelf>
{
    static abstract TSelf From(string value);
}
