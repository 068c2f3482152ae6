using System.Text;

namespace Sluice.Tests.Fuzz;

/// <summary>The content of a file.</summary>
internal sealed record FuzzDocument(byte[] Bytes)
{
    public override string ToString() => Encoding.UTF8.GetString(Bytes);
}
