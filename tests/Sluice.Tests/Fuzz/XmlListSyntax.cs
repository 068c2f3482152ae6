using System.Text;
using Sluice.Tests.Fuzz.Documents;

namespace Sluice.Tests.Fuzz;

/// <summary>The block list of a blob in XML; a sample is a JSON list of the blocks' ids.</summary>
internal sealed class XmlListSyntax : IDocumentSyntax
{
    private static readonly string[] Sources = ["Latest", "Latest", "Latest", "Uncommitted", "Committed", "Other"];

    public IReadOnlyList<string> Signs { get; } =
    [
        "<", ">", "</", "/>", "&", "&amp;", "&#0;", "&#x1;", "&a;", "]]>", "<![CDATA[", "<!--", "<!DOCTYPE a [<!ENTITY a \"b\">]>",
        "<?xml?>", "xmlns=\"x\"", "\0",
    ];

    public FuzzNode Read(string text) => new JsonSyntax(hasComments: false).Read(text);

    public string Write(FuzzNode root, Random random)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        foreach (var item in root.Children)
        {
            var source = Sources[random.Next(Sources.Length)];
            var id = ((item as FuzzScalar)?.Text ?? "")
                .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
            text.Append('<').Append(source).Append('>').Append(id).Append("</").Append(source).Append('>');
        }

        return text.Append("</BlockList>").ToString();
    }
}
