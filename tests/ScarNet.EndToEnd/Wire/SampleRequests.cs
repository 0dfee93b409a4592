using System.Collections;
using System.Reflection;

namespace ScarNet.EndToEnd.Wire;

/// <summary>Requests with every member set, so that every name we could ever send is seen.</summary>
internal static class SampleRequests
{
    public static object Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying);
        }

        if (type == typeof(string))
        {
            return "x";
        }

        if (type == typeof(MemoryStream))
        {
            return new MemoryStream("{}"u8.ToArray());
        }

        if (type.IsValueType)
        {
            return type == typeof(bool) ? true : Convert.ChangeType(1, type);
        }

        var instance = Activator.CreateInstance(type)!;
        if (instance is IList list)
        {
            list.Add(Of(type.GetGenericArguments()[0]));
        }
        else if (instance is IDictionary map)
        {
            map.Add("x", Of(type.GetGenericArguments()[1]));
        }
        else
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                property.SetValue(instance, Of(property.PropertyType));
            }
        }

        return instance;
    }
}
