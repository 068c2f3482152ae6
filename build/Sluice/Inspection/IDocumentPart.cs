using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Sluice.Inspection;

/// <summary>A document that is printed as JSON, or a part of one: its members are named in camel case; the keys of its maps stay as they are.</summary>
[JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
internal interface IDocumentPart;
