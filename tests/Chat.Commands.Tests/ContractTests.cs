using System.Reflection;
using PublicApiGenerator;

namespace Chat.Commands.Tests;

/// <summary>
/// Plugins are compiled against the public surface. A change of it must be made in <c>Chat.Abstractions.txt</c> too, and raises the
/// contract level.
/// </summary>
[TestClass]
internal sealed class ContractTests
{
    [TestMethod]
    public void ThePublicSurfaceEqualsTheSnapshot()
    {
        var surface = typeof(IChatPlugin).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n").Trim();
        var file = Path.Combine(AppContext.BaseDirectory, "Chat.Abstractions.txt");
        var written = File.ReadAllText(file).ReplaceLineEndings("\n").Trim();
        if (surface != written) File.WriteAllText(file + ".actual", surface + "\n");
        Assert.AreEqual(written, surface, $"the new surface is in {file}.actual");
    }

    [TestMethod]
    public void ThePluginsMetadataCarriesTheLevelItWasCompiledAgainst()
    {
        var stamped = CustomAttributeData.GetCustomAttributes(typeof(ContractTests).Assembly)
            .Single(a => a.AttributeType == typeof(ChatPluginAttribute));
        Assert.AreEqual(ContractLevel.Current, stamped.ConstructorArguments.Single().Value);
        Assert.AreEqual("tests", stamped.NamedArguments.Single(a => a.MemberName == "Id").TypedValue.Value);
    }

    [TestMethod]
    public void TheContractNeedsOnlyAbstractions() => Assert.IsEmpty(typeof(IChatPlugin).Assembly.GetReferencedAssemblies()
        .Where(a =>
            !a.Name!.StartsWith("System", StringComparison.Ordinal) && !a.Name.EndsWith(".Abstractions", StringComparison.Ordinal)));
}
