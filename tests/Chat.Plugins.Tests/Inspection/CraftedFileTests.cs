using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Plugins.Tests.Inspection;

/// <summary>What a crafted DLL may ask of its inspection. Before it was counted and remembered, each took minutes or days.</summary>
[TestClass]
public sealed class CraftedFileTests
{
    private const int Many = 1_000_000;

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void AMillionInterfacesOfABaseClassAreTooMany()
    {
        using var image = MetadataReaderProvider.FromMetadataImage(ClassesWithOneBase());
        var metadata = image.GetMetadataReader();
        var contract = new ContractMetadata(metadata);
        var failure = Assert.ThrowsExactly<BadImageFormatException>(() =>
            metadata.TypeDefinitions.Sum(handle => contract.InterfacesOf(metadata.GetTypeDefinition(handle)).Count()));
        Assert.Contains("more than 10000000 bases and interfaces", failure.Message);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void AMillionReferencesToOneAssemblyOpenItOnce()
    {
        for (var i = 0; i < Many; i++) Assert.IsNotNull(ContractAssemblies.VersionOf("System.Runtime"));
    }

    private static ImmutableArray<byte> ClassesWithOneBase()
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("Crafted.dll"), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        var contract = metadata.AddAssemblyReference(
            metadata.GetOrAddString("Chat.Abstractions"), new Version(1, 0, 0, 0), default, default, default, default);
        var other = metadata.AddTypeReference(contract, metadata.GetOrAddString("Other"), metadata.GetOrAddString("IOther"));
        AddClass(metadata, "<Module>", default);
        var parent = AddClass(metadata, "Parent", default);
        for (var i = 0; i < Many; i++) metadata.AddInterfaceImplementation(parent, other);
        for (var i = 0; i < 10_000; i++) AddClass(metadata, $"C{i}", parent);
        var image = new BlobBuilder();
        new MetadataRootBuilder(metadata).Serialize(image, 0, 0);
        return image.ToImmutableArray();
    }

    private static TypeDefinitionHandle AddClass(MetadataBuilder metadata, string name, EntityHandle parent) => metadata.AddTypeDefinition(
        TypeAttributes.Public, default, metadata.GetOrAddString(name), parent,
        MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
}
