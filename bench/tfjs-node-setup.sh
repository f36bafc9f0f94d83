#!/bin/sh
# Installs @tensorflow/tfjs-node where its own installation cannot download TensorFlow's library: takes the library
# from the tensorflow-cpu package of PyPI (Linux, x64) and builds the binding against it.
#
#   sh bench/tfjs-node-setup.sh FOLDER
#   NODE_PATH=FOLDER/node_modules npm run bench -- train
#
# It needs npm, pip, a C++ compiler and Node's headers (where those cannot be downloaded either, say where they are:
# npm_config_nodedir=/usr).
set -eu

folder=${1:?"call it with the folder to install into"}
mkdir -p "$folder/tensorflow"
cd "$folder"

npm install --prefix . --ignore-scripts --no-audit --no-fund @tensorflow/tfjs-node@4.22.0

python3 -m pip download --quiet --dest tensorflow --no-deps --only-binary=:all: \
  --python-version 3.11 --platform manylinux_2_17_x86_64 tensorflow-cpu==2.15.1
python3 -m zipfile -e tensorflow/tensorflow_cpu-*.whl tensorflow
rm tensorflow/tensorflow_cpu-*.whl

library=$PWD/tensorflow/tensorflow
deps=node_modules/@tensorflow/tfjs-node/deps
mkdir -p $deps/lib
ln -sfn "$library/include" $deps/include
for name in libtensorflow_cc.so.2 libtensorflow.so libtensorflow.so.2.9.1; do
  ln -sf "$library/libtensorflow_cc.so.2" $deps/lib/$name
done
for name in libtensorflow_framework.so.2 libtensorflow_framework.so; do
  ln -sf "$library/libtensorflow_framework.so.2" $deps/lib/$name
done

npm rebuild --prefix . @tensorflow/tfjs-node
