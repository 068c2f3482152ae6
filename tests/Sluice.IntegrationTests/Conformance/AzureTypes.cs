using Azure.Bicep.Types.Az;
using Azure.Bicep.Types.Concrete;
using Azure.Bicep.Types.Index;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>Azure's own type definitions, as the package Azure.Bicep.Types.Az has them from the REST specification.</summary>
internal sealed class AzureTypes
{
    private readonly AzTypeLoader _loader = new();
    private readonly TypeIndex _index;
    private readonly Dictionary<string, TypeBase> _bodies = new(StringComparer.OrdinalIgnoreCase);

    public AzureTypes() => _index = _loader.LoadTypeIndex();

    /// <summary>The definition of a resource's body.</summary>
    /// <param name="resourceType">The resource's type.</param>
    /// <param name="apiVersion">The api-version.</param>
    /// <exception cref="ArgumentException">Azure has no such type in that version.</exception>
    public TypeBase BodyOf(string resourceType, string apiVersion)
    {
        var name = $"{resourceType}@{apiVersion}";
        if (!_bodies.TryGetValue(name, out var body))
        {
            body = _index.Resources.TryGetValue(name, out var reference)
                ? _loader.LoadResourceType(reference).Body.Type
                : throw new ArgumentException($"Azure has no type {name}.", nameof(resourceType));
            _bodies.Add(name, body);
        }

        return body;
    }
}
