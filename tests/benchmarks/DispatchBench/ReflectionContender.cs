using System.Globalization;
using System.Reflection;

namespace DispatchBench;

/// <summary>The shortest binder possible: no quotes, no permissions, no limits, no error messages.</summary>
internal sealed class ReflectionContender
{
    private readonly Sample sample = new();
    private readonly Dictionary<string, MethodInfo> methods = new(StringComparer.OrdinalIgnoreCase)
    {
        ["medir"] = typeof(Sample).GetMethod(nameof(Sample.Measure))!,
    };

    public ValueTask<bool> Run()
    {
        var words = Sample.Line[1..].Split(' ');
        var method = methods[words[0]];
        var parameters = method.GetParameters();
        var values = new object[parameters.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Convert.ChangeType(words[i + 1], parameters[i].ParameterType, CultureInfo.InvariantCulture);
        return new((bool)method.Invoke(sample, values)!);
    }
}
