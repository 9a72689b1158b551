using System.Reflection.Metadata;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>Types by their names, for reading attributes: the contract's have numbers and strings only, and what a later one has is not looked at.</summary>
internal sealed class AttributeTypes : ICustomAttributeTypeProvider<string>
{
    public static readonly AttributeTypes Instance = new();

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();
    public string GetSystemType() => nameof(Type);
    public string GetSZArrayType(string elementType) => elementType + "[]";
    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => "";
    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => "";
    public string GetTypeFromSerializedName(string name) => name;
    public PrimitiveTypeCode GetUnderlyingEnumType(string type) => throw new NotSupportedException($"Of what the enum {type} is, is not known here.");
    public bool IsSystemType(string type) => type == nameof(Type);
}
