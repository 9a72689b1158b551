using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Protocol.Tests;

/// <summary>Frame types and field names, read from the records.</summary>
internal static class ProtocolShape
{
    /// <summary>The record of each frame type.</summary>
    public static IReadOnlyDictionary<string, Type> TypesOf<T>() =>
        typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>().ToDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    /// <summary>The fields of a record as in <c>docs/protocol.md</c>: nested ones as <c>direct[].user</c>, optional ones with ?.</summary>
    public static IEnumerable<string> FieldsOf(Type record) => FieldsOf(record, "");

    /// <summary>The values of a class of constants.</summary>
    public static IEnumerable<string> ConstantsOf(Type type) =>
        type.GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);

    private static IEnumerable<string> FieldsOf(Type record, string prefix)
    {
        foreach (var parameter in record.GetConstructors().Single(c => !IsCopy(c)).GetParameters())
        {
            var property = record.GetProperty(parameter.Name!)!;
            var name = prefix + (property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
                ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            yield return IsOptional(parameter) ? name + "?" : name;
            var list = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[0] : null;
            foreach (var inner in InnerFields(list, name + "[].").Concat(InnerFields(property.PropertyType, name + ".")))
                yield return inner;
        }
    }

    /// <summary>Messages within a list have a section of their own.</summary>
    private static IEnumerable<string> InnerFields(Type? type, string prefix) =>
        type?.Assembly == typeof(DaemonFrame).Assembly && !type.IsSubclassOf(typeof(DaemonFrame)) ? FieldsOf(type, prefix) : [];

    private static bool IsOptional(ParameterInfo parameter) => parameter.HasDefaultValue
        ? parameter.DefaultValue is null
        : new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;

    private static bool IsCopy(ConstructorInfo constructor) =>
        constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;
}
