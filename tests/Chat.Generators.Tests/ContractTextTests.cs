using System.Globalization;
using System.Xml.Linq;
using Chat.Protocol;

namespace Chat.Generators.Tests;

/// <summary>What the contract says to authors is so, wherever they are.</summary>
[TestClass]
public sealed class ContractTextTests
{
    [TestMethod]
    public void EveryCodeThatACapabilityIsSaidToRefuseWithExists()
    {
        var codes = typeof(RefusalCode).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToHashSet();
        var promised = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Chat.Abstractions.xml")).Descendants("exception")
            .Where(e => (string?)e.Attribute("cref") == "T:Chat.RefusalException").SelectMany(e => e.Elements("c")).Select(c => c.Value).ToList();
        Assert.IsNotEmpty(promised);
        Assert.IsEmpty(promised.Where(code => !codes.Contains(code)));
    }

    [TestMethod]
    public void NumbersOfAnAttributeAreTheSameInEveryCulture()
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
}
