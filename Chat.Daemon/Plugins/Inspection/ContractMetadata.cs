using System.Reflection.Metadata;
using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>What an assembly has to do with the contract, by its metadata.</summary>
internal sealed class ContractMetadata(MetadataReader metadata)
{
    private const int DeepestBase = 64; // damaged metadata could hold a circle

    /// <summary>Those of the contract's types that it refers to, wherever in it.</summary>
    public IEnumerable<string> References => metadata.TypeReferences.Select(type => NameOf(type)).OfType<string>();

    /// <summary>What the assembly's attributes of that type say.</summary>
    /// <exception cref="PluginRefusedException">One can't be read.</exception>
    public IEnumerable<(CustomAttributeTypedArgument<string> First, IReadOnlyDictionary<string, string> Named)> Attributes(string name) =>
        metadata.GetAssemblyDefinition().GetCustomAttributes().Select(metadata.GetCustomAttribute)
            .Where(a => a.Constructor.Kind is HandleKind.MemberReference && NameOf(metadata.GetMemberReference((MemberReferenceHandle)a.Constructor).Parent) == name)
            .Select(a => ValuesOf(a, name));

    /// <summary>Those that the class implements, itself or by its bases in the same assembly; with the argument of a generic one.</summary>
    public IEnumerable<(string Name, string? Argument)> InterfacesOf(TypeDefinition type)
    {
        for (var steps = 0; steps < DeepestBase; steps++)
        {
            foreach (var handle in type.GetInterfaceImplementations())
                if (InterfaceOf(metadata.GetInterfaceImplementation(handle).Interface) is { } found) yield return found;
            if (type.BaseType.Kind is not HandleKind.TypeDefinition || type.BaseType.IsNil) yield break;
            type = metadata.GetTypeDefinition((TypeDefinitionHandle)type.BaseType);
        }
    }

    private static (CustomAttributeTypedArgument<string>, IReadOnlyDictionary<string, string>) ValuesOf(CustomAttribute attribute, string name)
    {
        try
        {
            var values = attribute.DecodeValue(AttributeTypes.Instance);
            return (values.FixedArguments[0], values.NamedArguments.Where(n => n.Value is string).ToDictionary(n => n.Name!, n => (string)n.Value!));
        }
        catch (Exception failure) when (failure is BadImageFormatException or NotSupportedException or InvalidCastException or ArgumentException)
        {
            throw new PluginRefusedException(Sentence.Of(t => t.AttributeUnreadable(name[..^nameof(Attribute).Length])), cause: failure);
        }
    }

    /// <summary>Null for a type that is not the contract's.</summary>
    private string? NameOf(EntityHandle handle)
    {
        if (handle.Kind is not HandleKind.TypeReference) return null;
        var type = metadata.GetTypeReference((TypeReferenceHandle)handle);
        return metadata.StringComparer.Equals(type.Namespace, nameof(Chat)) && type.ResolutionScope.Kind is HandleKind.AssemblyReference
            && metadata.StringComparer.Equals(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name, ContractAssemblies.Contract)
            ? metadata.GetString(type.Name) : null;
    }

    private (string, string?)? InterfaceOf(EntityHandle handle)
    {
        if (handle.Kind is not HandleKind.TypeSpecification) return NameOf(handle) is { } plain ? (plain, null) : null;
        var signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance || signature.ReadSignatureTypeCode() != SignatureTypeCode.TypeHandle) return null;
        if (NameOf(signature.ReadTypeHandle()) is not { } name || signature.ReadCompressedInteger() != 1) return null;
        return (name, signature.ReadSignatureTypeCode() == SignatureTypeCode.TypeHandle ? NameOf(signature.ReadTypeHandle()) : null);
    }
}
