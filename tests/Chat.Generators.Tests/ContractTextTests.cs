using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Chat.Generators.Tests;

/// <summary>The contract's documentation is true, in every culture.</summary>
[TestClass]
public sealed class ContractTextTests
{
    [TestMethod]
    public void EveryDocumentedRefusalCodeExists()
    {
        var said = TextsOf(typeof(Daemon.ChatDaemon).Assembly.Location)
            .Concat(typeof(Protocol.RefusalCode).GetFields().Select(f => (string)f.GetRawConstantValue()!)).ToHashSet();
        var promised = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Chat.Abstractions.xml")).Descendants("exception")
            .Where(e => (string?)e.Attribute("cref") == "T:Chat.RefusalException").SelectMany(e => e.Elements("c")).Select(c => c.Value)
            .ToList();
        Assert.IsNotEmpty(promised);
        Assert.AreEqual("", string.Join(' ', promised.Where(code => !said.Contains(code))));
    }

    [TestMethod]
    public void NumbersInAttributesAreTheSameInEveryCulture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("pt-BR") { NumberFormat = { NegativeSign = "~" } };
            var range = new RangeAttribute(-0.5, 2);
            Assert.AreEqual(("-0.5", "2"), (range.Min, range.Max));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>All string literals of an assembly, because not every code belongs to the protocol.</summary>
    private static IEnumerable<string> TextsOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        for (var at = metadata.GetNextHandle(MetadataTokens.UserStringHandle(0)); !at.IsNil; at = metadata.GetNextHandle(at))
            yield return metadata.GetUserString(at);
    }
}
