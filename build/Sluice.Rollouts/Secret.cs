using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Rollouts;

/// <summary>
/// A key or token. It can't be formatted, serialised or looked at in a debugger by mistake: only <see cref="Reveal"/> gives the value. The
/// program makes one nowhere but in its <see cref="Ports.ISecretMask"/>.
/// </summary>
[DebuggerDisplay("***")]
public sealed class Secret
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    /// <summary>Wraps the value.</summary>
    public Secret(string value) => _value = value;

    /// <summary>The value, for the one header that needs it.</summary>
    public string Reveal() => _value;

    /// <summary>Whether another secret has the same value. How long the answer takes says nothing of it.</summary>
    public bool IsSameAs(Secret other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_value), Encoding.UTF8.GetBytes(other._value));
    }

    /// <summary>Never the value.</summary>
    public override string ToString() => "***";
}
