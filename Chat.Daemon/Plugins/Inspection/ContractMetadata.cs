using System.Reflection.Metadata;
using Microsoft.Extensions.Hosting;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>An assembly's uses of the contract, read from its metadata.</summary>
internal sealed class ContractMetadata(MetadataReader metadata)
{
    private const int MaxBaseTypes = 64; // damaged metadata could contain a cycle

    /// <summary>
    /// Base classes and interfaces of all classes. Each class has a few; a crafted DLL may have many classes whose one base class has a
    /// million interfaces.
    /// </summary>
    private const int MaxLooks = 10_000_000;

    /// <summary>The name that <see cref="InterfacesOf"/> gives the platform's interface and base class of hosted services.</summary>
    public const string HostedService = "Hosted";

    private int looks;

    /// <summary>Names of all types of the contract that the assembly references.</summary>
    public IEnumerable<string> References => metadata.TypeReferences.Select(type => NameOf(type)).OfType<string>();

    /// <summary>The values of the assembly's attributes of this type.</summary>
    /// <exception cref="PluginRefusedException">An attribute cannot be read.</exception>
    public IEnumerable<(CustomAttributeTypedArgument<string> First, IReadOnlyDictionary<string, string> Named)> Attributes(string name) =>
        metadata.GetAssemblyDefinition().GetCustomAttributes().Select(metadata.GetCustomAttribute)
            .Where(a => a.Constructor.Kind is HandleKind.MemberReference)
            .Where(a => NameOf(metadata.GetMemberReference((MemberReferenceHandle)a.Constructor).Parent) == name)
            .Select(a => ValuesOf(a, name));

    /// <summary>
    /// The contract's interfaces that a class implements, itself or through base classes in the same assembly, with the type argument of a
    /// generic one, and <see cref="HostedService"/>.
    /// </summary>
    /// <exception cref="BadImageFormatException">There are too many.</exception>
    public IEnumerable<(string Name, string? Argument)> InterfacesOf(TypeDefinition type)
    {
        for (var steps = 0; steps < MaxBaseTypes; steps++)
        {
            Look();
            foreach (var handle in type.GetInterfaceImplementations())
            {
                Look();
                if (InterfaceOf(metadata.GetInterfaceImplementation(handle).Interface) is { } found) yield return found;
            }
            if (IsHosted(type.BaseType)) yield return (HostedService, null);
            if (type.BaseType.Kind is not HandleKind.TypeDefinition || type.BaseType.IsNil) yield break;
            type = metadata.GetTypeDefinition((TypeDefinitionHandle)type.BaseType);
        }
    }

    private void Look()
    {
        if (++looks > MaxLooks) throw new BadImageFormatException($"Its classes have more than {MaxLooks} bases and interfaces.");
    }

    private static (CustomAttributeTypedArgument<string>, IReadOnlyDictionary<string, string>) ValuesOf(
        CustomAttribute attribute, string name)
    {
        try
        {
            var values = attribute.DecodeValue(new TypeNames());
            var named = values.NamedArguments.Where(n => n.Value is string).ToDictionary(n => n.Name!, n => (string)n.Value!);
            return (values.FixedArguments[0], named);
        }
        catch (Exception failure)
            when (failure is BadImageFormatException or NotSupportedException or InvalidCastException or ArgumentException)
        {
            var reason = LocalizedText.Of(t => t.AttributeUnreadable(name[..^nameof(Attribute).Length]));
            throw new PluginRefusedException(reason, cause: failure);
        }
    }

    /// <summary>Null for a type that is not the contract's.</summary>
    private string? NameOf(EntityHandle handle)
    {
        if (handle.Kind is not HandleKind.TypeReference) return null;
        var type = metadata.GetTypeReference((TypeReferenceHandle)handle);
        if (!metadata.StringComparer.Equals(type.Namespace, nameof(Chat))) return null;
        if (type.ResolutionScope.Kind is not HandleKind.AssemblyReference) return null;
        var assembly = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
        return metadata.StringComparer.Equals(assembly.Name, ContractAssemblies.Contract) ? metadata.GetString(type.Name) : null;
    }

    private bool IsHosted(EntityHandle handle)
    {
        if (handle.Kind is not HandleKind.TypeReference) return false;
        var type = metadata.GetTypeReference((TypeReferenceHandle)handle);
        return metadata.StringComparer.Equals(type.Namespace, typeof(IHostedService).Namespace!)
            && metadata.GetString(type.Name) is nameof(IHostedService) or nameof(BackgroundService);
    }

    private (string, string?)? InterfaceOf(EntityHandle handle)
    {
        if (IsHosted(handle)) return (HostedService, null);
        if (handle.Kind is not HandleKind.TypeSpecification) return NameOf(handle) is { } plain ? (plain, null) : null;
        var signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return null;
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.TypeHandle) return null;
        if (NameOf(signature.ReadTypeHandle()) is not { } name || signature.ReadCompressedInteger() != 1) return null;
        return (name, signature.ReadSignatureTypeCode() == SignatureTypeCode.TypeHandle ? NameOf(signature.ReadTypeHandle()) : null);
    }

    /// <summary>Represents types by name. The contract's attributes contain only numbers and strings, so enums need no support.</summary>
    private sealed class TypeNames : ICustomAttributeTypeProvider<string>
    {
        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();
        public string GetSystemType() => nameof(Type);
        public string GetSZArrayType(string elementType) => elementType + "[]";
        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => "";
        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => "";
        public string GetTypeFromSerializedName(string name) => name;
        public bool IsSystemType(string type) => type == nameof(Type);

        public PrimitiveTypeCode GetUnderlyingEnumType(string type) =>
            throw new NotSupportedException($"The underlying type of the enum {type} is unknown here.");
    }
}
