using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;
using YamlDotNet.Serialization;

namespace Sluice.Tests.Rollouts;

[Category("Unit")]
internal sealed class SecretTests
{
    private const string Value = "a-value-that-nobody-may-see";

    private static readonly Secret Key = new(Value);
    private static readonly ScoringAccess Access = new(new Uri("https://heart.example/score"), Key) { SpareKey = Key };

    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    private static IEnumerable<TestCaseData> Writings()
    {
        yield return Writing("ToString", () => Key.ToString());
        yield return Writing("interpolation", () => $"{Key}");
        yield return Writing("a format", () => string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0,40}", Key));
        yield return Writing("concatenation", () => "key " + Key);
        yield return Writing("a record's own ToString", () => Access.ToString());
        yield return Writing(
            "an exception", () => new InvalidOperationException($"{Access} is no good", new ArgumentException($"{Key}")).ToString());
        yield return Writing("System.Text.Json", () => System.Text.Json.JsonSerializer.Serialize(Access));
        yield return Writing(
            "System.Text.Json with fields",
            () => System.Text.Json.JsonSerializer.Serialize(Access, WithFields));
        yield return Writing("Newtonsoft.Json", () => JsonConvert.SerializeObject(Access));
        yield return Writing("Newtonsoft.Json as a [Serializable]", () => JsonConvert.SerializeObject(Access, new JsonSerializerSettings
        {
            ContractResolver = new DefaultContractResolver { IgnoreSerializableAttribute = false },
            TypeNameHandling = TypeNameHandling.All,
        }));
        yield return Writing("YamlDotNet", () => new SerializerBuilder().Build().Serialize(new { Access.Key, Access.SpareKey }));
        yield return Writing("what a debugger shows", () => string.Join(
            '\n',
            from member in typeof(Secret).GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            where member.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State != DebuggerBrowsableState.Never
            select member switch
            {
                FieldInfo field => $"{field.GetValue(Key)}",
                PropertyInfo property => $"{property.GetValue(Key)}",
                _ => "",
            }));

        static TestCaseData Writing(string by, Func<string> write) => new TestCaseData(write).SetArgDisplayNames(by);
    }

    [TestCaseSource(nameof(Writings))]
    public void Nothing_writes_the_value(Func<string> write) => Assert.That(write(), Does.Not.Contain(Value));

    [Test]
    public void Only_the_same_value_is_the_same()
    {
        Assert.That(Key.IsSameAs(new Secret(Value)), Is.True);
        Assert.That(Key.IsSameAs(new Secret(Value + "!")), Is.False);
    }
}
